/// What a server keeps about itself, as our own words.
///
/// Begin with [Catalogue], through which one database is read, and [Catalogues] for several. The rest is what more
/// than one reader asks for: [ServerFacts], [Databases], the ids of our own roles ([OwnIds]), what roles are members
/// of ([Memberships]) and what they hold ([Holdings]).
///
/// **Invariants.** What one [Catalogue] tells was true at one moment, and nothing is changed to learn it. One
/// database that cannot be read keeps nobody from reading the others.
///
/// **Deliberately absent.** Judgement: what of it is ours, strange or wrong is for whoever reads.
@NullMarked
package dev.rolewright.engine.postgres.catalogue;

import org.jspecify.annotations.NullMarked;
