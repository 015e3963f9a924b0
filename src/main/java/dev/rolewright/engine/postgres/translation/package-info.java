/// What each step becomes, looked up in the transaction that performs it.
///
/// Begin with [Translation], by way of [ClusterSteps] for roles, and [DatabaseSteps] and [RowLimits] for what is
/// inside a database. [RoleBook] says what the roles are that steps speak of, and [Keepers] who makes logins.
/// [TakingBack] undoes what others gave, in their name ([Acting]); [Stripping] takes what somebody has of its own.
/// [Remedies] say what an administrator can run where we may not.
///
/// **Invariants.** Whether a role is ours is decided by [RoleBook] alone: a stranger is not touched, whatever he is
/// called. What is gone already need not be taken, and is no failure. A condition of a contract stays one
/// ([Condition]).
///
/// **Deliberately absent.** The order of steps, and trying again: whoever hands them over and whoever runs them see
/// to it.
@NullMarked
package dev.rolewright.engine.postgres.translation;

import org.jspecify.annotations.NullMarked;
