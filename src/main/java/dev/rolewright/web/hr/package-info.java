/// What HR systems send: who leaves, who is away, who is back.
///
/// [EventsResource] takes one event at a time; [SignedBody] reads what was sent no further than the cap and believes it
/// only when it is signed, [EventBody] says what it means.
///
/// **Invariants.** What cannot be understood completely is refused with a sentence that names the member, and nothing
/// is kept of it.
///
/// **Deliberately absent.** Who may come in (`web.auth`), what follows from a fact (`offboarding`).
@NullMarked
package dev.rolewright.web.hr;

import org.jspecify.annotations.NullMarked;
