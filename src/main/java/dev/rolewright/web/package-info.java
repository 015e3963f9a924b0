/// The doors: SCIM, HR systems, the admin API, people themselves and the page of a link, and who may come through.
///
/// One package below this one per door. A door turns HTTP into a call of a room and the answer back into HTTP. Here
/// lies what the doors share: [RequestIds], [StrictJson] for small bodies, [Parameters], [Page] for parts of lists, and
/// the two shapes of a refusal, [ScimError] and [ProblemDocument].
///
/// **Invariants.** No request, however malformed, is answered with a stack trace, an HTML page or a partial write.
/// Nothing but HTTP happens here, and nobody imports this room.
///
/// **Deliberately absent.** Rules of the RFCs (`scim`), transactions and SQL, any way to reach a target database.
@NullMarked
package dev.rolewright.web;

import org.jspecify.annotations.NullMarked;
