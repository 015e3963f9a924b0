/// What HR systems say about leavers, absences and returns, fencing people whatever the identity provider says.
///
/// A [Statement] comes to [Events]; [Intake] keeps it in the [FactBook]; [Subjects] finds out who is meant by the names
/// in the [NameBook], and [MadeAnew] who is the same under another id, by the names in the [AliasBook]; [Settlement]
/// tells from all facts of a person what follows, and [FenceBook] keeps that. [Fences] says who is fenced now, and
/// [FenceClock] marks people at the moment that changes, of which [Dues] tells the audit trail. [Contradictions] shows
/// where the directory says otherwise, and [LastWord] since when nothing newer was said. [Signatures] lets no signed
/// request in twice, and
/// [Senders] knows when each HR system was last heard.
///
/// [Feeds] takes many statements at once: [FeedStage] keeps them with what would become of each ([FeedBook],
/// [FeedRows]), [FeedBrake] says whether that is too much, and [FeedWork] hands them to the [Intake]. What its sender
/// gave no name gets a [DerivedName].
///
/// **Invariants.** A fence only ever takes away. The same facts give the same fences, in whatever order they came, but
/// that none begins later than it was to because the directory says that the person has moved. A fence works from the
/// moment it is due, without another event. Another fence, and being stopped once more, leaves a mark on the person, by
/// triggers and in its own transaction.
///
/// **Deliberately absent.** Granting: coming back lifts the fence, the contract decides the rest. Tokens and signatures
/// (`web.auth`), the shape of a body (`web.hr`).
@NullMarked
package dev.rolewright.offboarding;

import org.jspecify.annotations.NullMarked;
