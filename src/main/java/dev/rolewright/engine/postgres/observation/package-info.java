/// One look at a server, in few queries over whole sets.
///
/// Begin with [Observation], which says what is read. [Roster] tells who is ours, [OpenSessions] who is connected and
/// [Estate] what leavers own. A whole look adds [RoleLook]: what contract roles hold, what there is to hold
/// ([Surroundings]), [Policies], and what a human should know ([Openings], [RowLeaks]). [ByHand] finds what somebody
/// gave by hand, and [Elsewhere] says what takes it back where nobody manages it. [Origins] tell since when, and by
/// whom.
///
/// **Invariants.** A look changes nothing and needs no right but to connect. One at some people reads by indexes and
/// seldom takes longer where there are more logins. Of a database that cannot be read to its end nothing is told but
/// that.
///
/// **Deliberately absent.** What should be there: the plan compares.
@NullMarked
package dev.rolewright.engine.postgres.observation;

import org.jspecify.annotations.NullMarked;
