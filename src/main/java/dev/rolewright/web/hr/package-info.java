/// What HR systems send: who leaves, who is away, who is back.
///
/// [EventsResource] takes one event at a time; [SignedBody] reads what was sent no further than the
/// cap and believes it only when it is signed, [EventBody] says what it means. [FeedsResource]
/// takes many at once: [SignedFeed] keeps the bytes until they are known to be signed, [FeedLines]
/// reads the rows of one of the forms of a [FeedBody]. A [Mapping] says how a sender's own form is
/// read. [Answers] counts what senders are told.
///
/// **Invariants.** What cannot be understood completely is refused with a sentence that names the member, and nothing
/// is kept of it.
///
/// **Deliberately absent.** Who may come in (`web.auth`), what follows from a fact (`offboarding`).
@NullMarked
package dev.rolewright.web.hr;

import org.jspecify.annotations.NullMarked;
