/// People's passwords: made, set and shown to their owners, ended in time or before, and told of when they end soon.
///
/// Start with [Handover], which gives and ends; who asks has a session of their own or a link.
///
/// - *Giving*: [Passwords] (made, and set on targets), [PasswordResult] (what came of it), [PasswordConfig].
/// - *Links*: [Pickups] keeps them, [Pickup] is a new one, [Renewals] makes them for all whose passwords end.
/// - *Ending*: [PasswordEnds] (in time and at once, each target by itself), [Endings] (on one target), [PasswordEnd].
/// - *Telling*: [GivenPasswords] and [GivenPassword] (whose ends when), [PasswordWatch] (how many do soon).
/// - *Written down*: [PasswordBook], when each password ends and what has to be done then.
///
/// **Invariants.** A password is made when its owner asks for it, set on the server, shown once,
/// and in no row, log line or exception. Of a link only a hash is kept. Of two who use it at once
/// one gets the password; where a target did not take it, the link is as good as before. No password is set whose end
/// is not written down, and the newer one is never the one that is taken.
///
/// **Deliberately absent.** Who has a login where, and what is known of it (`reconcile`, which is asked, and whose rows
/// are joined as its `Joins` say); the way to a target (`reach`), what a password looks like (`credential`), who
/// somebody is (`web.auth`).
@NullMarked
package dev.rolewright.handover;

import org.jspecify.annotations.NullMarked;
