/// What must change in a target, as data people can read, approve, rehearse and perform.
///
/// [Planner] compares what is desired with what an engine [Observed] and yields a [Plan] of [Step]s in a safe
/// order, each with its reasons: [LoginPlanner] for who stays, [Leaving] for who goes. [Brakes] hold back what would
/// take too much from too many; [Drift] tells which of it was changed by hand, [Extras] being what was given by hand.
/// [Known] is what an engine is told beforehand, so that it finds logins without their marks. [PlanJson] writes a plan
/// down and reads it back.
///
/// **Invariants.** Pure: planning after performing is empty; a plan does not depend on the order of its input;
/// no step is about a login or role that does not carry our mark, or that is protected. What is left of a plan
/// behind the brakes, or without drift, can be performed on its own. The tests hold all of this on generated
/// targets.
///
/// **Adding a kind of step.** A record in [Step]; the compiler asks for its sign, inverse, item, label, place in
/// the order and every engine's answer; `StepTest` asks for an example and the tests' performer for its meaning.
///
/// **Deliberately absent.** SQL (an `engine` writes it), the clock (`now` is an argument, and a step that marks
/// a time leaves it to the moment it is performed) and the act of performing (`reconcile`).
@NullMarked
package dev.rolewright.plan;

import org.jspecify.annotations.NullMarked;
