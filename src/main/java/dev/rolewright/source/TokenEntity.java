package dev.rolewright.source;

import static java.util.Objects.requireNonNull;

import dev.rolewright.credential.Fingerprint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "source_token")
class TokenEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "source_id", nullable = false, updatable = false)
    int sourceId;

    @Column(nullable = false, updatable = false)
    String name;

    @Column(nullable = false, updatable = false)
    String fingerprint;

    @Column(nullable = false, updatable = false)
    String hint;

    @Column(updatable = false)
    @Nullable
    UUID person;

    @Column(nullable = false, updatable = false)
    Instant created;

    @Column(name = "created_by", nullable = false, updatable = false)
    String createdBy;

    @Column(updatable = false)
    @Nullable
    Instant expires;

    /// Written by [LastUse] in bulk, never through the entity.
    @Column(name = "last_used", insertable = false, updatable = false)
    @Nullable
    Instant lastUsed;

    @Nullable
    Instant revoked;

    TokenEntity(
            int sourceId,
            String name,
            Fingerprint fingerprint,
            String hint,
            @Nullable UUID person,
            Instant created,
            String createdBy,
            @Nullable Instant expires) {
        this.sourceId = sourceId;
        this.name = name;
        this.fingerprint = fingerprint.hex();
        this.hint = hint;
        this.person = person;
        this.created = created;
        this.createdBy = createdBy;
        this.expires = expires;
    }

    @SuppressWarnings("NullAway") // Hibernate fills the fields
    protected TokenEntity() {}

    SourceToken toToken() {
        return new SourceToken(
                requireNonNull(id), sourceId, name, hint, person, created, createdBy, expires, lastUsed, revoked);
    }
}
