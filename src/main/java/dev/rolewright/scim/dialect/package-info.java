/// What Okta, Entra ID and others really send, told apart rule by rule and turned into the strict language of the RFC.
///
/// Every deviation is a named `Quirk`; none is applied unnamed, and none guesses where two readings would differ in how
/// many people they touch.
@NullMarked
package dev.rolewright.scim.dialect;

import org.jspecify.annotations.NullMarked;
