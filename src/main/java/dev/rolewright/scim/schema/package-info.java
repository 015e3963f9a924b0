/// What a resource may look like, read from `scim-schemas/`: definitions, the check of what comes in,
/// the choice of what goes out, and the folded copy that filters and sorts compare.
///
/// Entry types: `Catalog` (every schema and resource type), `Intake` (a client's body becomes a canonical document),
/// `Projection` (what a reply shows), `Folding` (how text compares).
@NullMarked
package dev.rolewright.scim.schema;

import org.jspecify.annotations.NullMarked;
