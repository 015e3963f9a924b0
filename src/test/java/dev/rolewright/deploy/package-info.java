/// Holds what is in `deploy/`, most of which cannot run here, to its own rules and to the application it is written
/// for.
package dev.rolewright.deploy;
