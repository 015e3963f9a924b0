package dev.rolewright.reconcile.hold;

import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Step;
import java.util.Set;

/// A plan in two parts.
///
/// @param found what was decided before about its steps
/// @param written what ends because the contract said so beforehand
public record Parted(Braked braked, HeldSteps.Found found, Set<Step> written) {}
