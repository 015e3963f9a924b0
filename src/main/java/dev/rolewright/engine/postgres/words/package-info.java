/// What all parts of this engine say and understand.
///
/// Begin with [Context], which whoever speaks to a server has at hand: the names of our own roles ([OwnRoles]), the
/// comments that mark what is ours ([Marks]), and the server's version. [Quoting] writes names and texts,
/// [Privileges] GRANT and REVOKE, [Entitlements] what our own roles are given. [Queries] are read from files;
/// [Verbatim], [Transaction] and [Waits] say how statements run, and [Failures] what became of them.
///
/// **Invariants.** A text from outside is quoted or looked up ([Routines]), never pasted. What a server says of a
/// failure reaches no sentence of ours.
///
/// **Deliberately absent.** What any one part alone says: that stays with it.
@NullMarked
package dev.rolewright.engine.postgres.words;

import org.jspecify.annotations.NullMarked;
