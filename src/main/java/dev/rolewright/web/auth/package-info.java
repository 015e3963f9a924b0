/// Who may come through which door.
///
/// One [Guard] stands before every resource method. Before those of `web.scim` it asks for a source's bearer token or
/// a token of the issuer that source trusts and leaves a [Speaker] behind; before those of `web.api` it asks for the
/// admin token or an OIDC token with a role and leaves an [Admin]; before those of `web.hr` for the token of an
/// HR system and leaves a [Sender], whose words [SignedWords] then holds to their signature. Before those of `web.me`
/// it asks, by [PersonDoor], for a person's own OIDC token and leaves a [Speaker], whose person [Persons] finds. Those
/// of `web.pickup` it lets anybody ask, since the link that they take is no use but once, and is used up behind the
/// door.
///
/// **Invariants.** The door follows from the package of the class that would answer, neither from the
/// spelling of the path nor from an annotation somebody may forget. A token of one source never opens
/// another. A refusal says the same, and takes the same time, whatever was wrong with the token. No
/// secret reaches a log line, an audit row or an exception.
///
/// **Deliberately absent.** Where tokens are kept (`source`), how they are made and compared (`credential`).
@NullMarked
package dev.rolewright.web.auth;

import org.jspecify.annotations.NullMarked;
