package dev.rolewright.web.api;

import dev.rolewright.ops.TheDemo;

/// The demo, whose target nobody speaks to: what is known of it is what a test writes into the store. Public for
/// Quarkus only.
public class KeptTargets extends TheDemo {}
