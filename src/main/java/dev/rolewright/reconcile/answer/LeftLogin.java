package dev.rolewright.reconcile.answer;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.hold.HoldSigned;
import java.time.Instant;
import java.util.Optional;

/// A login of somebody who is gone that is not on its way out.
///
/// @param canLogIn whether it was never locked
/// @param since when it was locked; of one that was not, when the person was last spoken of
/// @param deleted whether the directory has the person no more; otherwise they are inactive or fenced
/// @param why for people, without secrets
/// @param hold whose release would let it go
/// @param locking what an administrator of the target can run
public record LeftLogin(
        TargetName target,
        LoginName name,
        PersonId person,
        boolean canLogIn,
        Instant since,
        boolean deleted,
        Stuck stuck,
        Optional<String> why,
        int attempts,
        Optional<HoldSigned> hold,
        Optional<String> locking) {

    public enum Stuck {
        /// It waits for a human, or one has said no.
        HELD,
        /// It was tried again and again.
        FAILED,
        /// It is locked, past its grace, and cannot be dropped.
        KEPT,
        /// It is never touched, because the contract protects its name.
        PROTECTED,
        /// The target was not worked on since.
        WAITING
    }
}
