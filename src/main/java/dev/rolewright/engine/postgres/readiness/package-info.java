/// Whether a server is as our work needs it.
///
/// Begin with [Examination], which gives a verdict on each [Subject], out of [Finding]s. Those that a look tells as
/// well are [Rights], [Oddities] and [NotLookedInto]; only who asks for a check is told of [Circumstances] and
/// [ForeignOwners], and by [Refusals] what a server lacks that does not let us in. Before anything is changed
/// [ServerRoles] see to the roles of our own: [Renamed] ones are told, [LameKeepers] mended.
///
/// **Invariants.** An examination changes nothing. What is wrong is told with the statement that mends it, where
/// there is one. Whatever is wrong with our own roles, people can still be locked out where the server lets us.
///
/// **Deliberately absent.** Any way to help ourselves to a right that an administrator has to give: we ask for it.
@NullMarked
package dev.rolewright.engine.postgres.readiness;

import org.jspecify.annotations.NullMarked;
