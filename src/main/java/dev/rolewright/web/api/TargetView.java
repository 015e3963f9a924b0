package dev.rolewright.web.api;

import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Note;
import dev.rolewright.reconcile.targets.TargetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A target as admins see it.
///
/// @param url where it is, without whatever options follow the address, or names stand before it
/// @param user our own login there
/// @param server what it calls itself, once it was seen
/// @param waiting how many people's changes it does not have yet
/// @param unsettled how many people's logins are not as they should be
/// @param logins how many we manage there, of which `active` can log in
/// @param lastWhole when it was last looked at as a whole
/// @param nextAttempt when it is tried again after failures
record TargetView(
        String name,
        String engine,
        String environment,
        List<String> databases,
        @Nullable String heir,
        String drift,
        @Nullable String url,
        @Nullable String user,
        TargetStatus.Health health,
        @Nullable String server,
        long waiting,
        long unsettled,
        long logins,
        long active,
        long memberships,
        @Nullable Instant lastWhole,
        @Nullable FailureView failure,
        @Nullable Instant nextAttempt,
        List<NoteView> notes) {

    /// Why the target is not what it should be, for people.
    ///
    /// @param remedy a statement that an administrator could run
    /// @param times in a row
    record FailureView(
            String kind, String sentence, @Nullable String remedy, Instant at, int times) {}

    /// Something that Rolewright leaves alone and a human should know.
    record NoteView(
            Note.Kind kind,
            String subject,
            String sentence,
            @Nullable String remedy) {

        static NoteView of(Note note) {
            return new NoteView(
                    note.kind(), note.subject(), note.sentence(), note.remedy().orElse(null));
        }
    }

    static TargetView of(TargetStatus status, Optional<String> address, Optional<String> user) {
        Target target = status.target();
        return new TargetView(
                target.name().value(),
                target.engine(),
                target.environment(),
                target.databases().stream().sorted().toList(),
                target.heir().map(RoleName::value).orElse(null),
                target.drift().name().toLowerCase(Locale.ROOT),
                address.orElse(null),
                user.orElse(null),
                status.health(),
                status.server().orElse(null),
                status.waiting(),
                status.unsettled(),
                status.census().logins(),
                status.census().active(),
                status.census().memberships(),
                status.lastWhole().orElse(null),
                status.failure().map(TargetView::view).orElse(null),
                status.nextAttempt().orElse(null),
                status.notes().stream().map(NoteView::of).toList());
    }

    private static FailureView view(TargetStatus.Failure failure) {
        return new FailureView(
                failure.kindName(), failure.sentence(), failure.remedy().orElse(null), failure.at(), failure.times());
    }
}
