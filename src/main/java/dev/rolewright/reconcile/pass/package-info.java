/// Makes a pass over one target, and writes down what it is about to do and what came of it.
///
/// Begin with [Pass], which tells the story: look, hold back, write down, do, write down. What comes of it is [Ended].
///
/// - *Doing*: [Portions] cuts a plan into [Portion]s, [Relay] hands them over and writes beside it. [Interludes] lets
///   a pass hear who is spoken of meanwhile: an [Interlude] looks at them in between, [Meanwhile] says what it told.
/// - *Writing down*: [Journal] begins and ends a pass, [Ledger] tells of its steps, [PassBook] has its row.
/// - *Telling*: [PassMeter] for figures, [PassStory] for log and traces.
/// - *Others*: [Passes] takes requests and tells a [PassSummary] of each pass.
///
/// **Invariants.** Intent, then deed, then outcome. No transaction of the store waits for a target, and only the holder
/// of the lease writes results. Killed between any two lines, a pass leaves its marks to another.
///
/// **Deliberately absent.** When a pass is made (the package above), and every decision about people: that was made
/// before (`contract`, `plan`, `hold`).
@NullMarked
package dev.rolewright.reconcile.pass;

import org.jspecify.annotations.NullMarked;
