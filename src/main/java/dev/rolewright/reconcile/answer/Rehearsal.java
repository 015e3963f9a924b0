package dev.rolewright.reconcile.answer;

import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Server;
import java.time.Instant;

/// What a pass over the whole target would do now.
///
/// @param plan everything that differs from what is desired
/// @param drift what of it was changed by hand
/// @param braked what would be done at once, and what would wait for a human
/// @param digest what an approval of the plan signs
public record Rehearsal(Plan plan, Drift drift, Braked braked, Server server, String digest, Instant at) {}
