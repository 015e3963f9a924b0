/// What the HR system says about leavers, returners and future dates, fencing a person whatever the IdP says.
///
/// **Invariants.** A fence only ever takes away. It works from the moment it is due, without another event.
///
/// **Deliberately absent.** Granting: coming back lifts the fence, the contract decides the rest.
@NullMarked
package dev.rolewright.offboarding;

import org.jspecify.annotations.NullMarked;
