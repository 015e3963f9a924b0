package dev.rolewright.handover;

import dev.rolewright.credential.Secret;
import dev.rolewright.model.PersonId;
import java.time.Instant;

/// A new link and, for the only time, what is in it.
public record Pickup(long id, PersonId person, Instant expires, Secret secret) {}
