/// The page on which somebody takes their passwords by a single-use link.
///
/// The link's secret stands behind a `#`, so that no browser sends it when the page is opened: not
/// to us, not to a proxy and its log, not as a referrer, and nobody who only looks at links (a mail
/// scanner, a chat) can use it up. It travels in the body of the one request that a click makes.
///
/// **Invariants.** To open the page changes nothing and needs no link. Every answer is forbidden to be kept, framed or
/// to load anything; the page's one script and one style are known by their hashes.
///
/// **Deliberately absent.** What a link is good for (`handover`).
@NullMarked
package dev.rolewright.web.pickup;

import org.jspecify.annotations.NullMarked;
