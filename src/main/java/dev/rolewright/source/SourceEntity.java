package dev.rolewright.source;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "source")
class SourceEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Integer id;

    @Column(nullable = false, updatable = false)
    String name;

    @Column(nullable = false, updatable = false)
    Instant created;

    @Nullable
    Instant closed;

    SourceEntity(String name, Instant created) {
        this.name = name;
        this.created = created;
    }

    @SuppressWarnings("NullAway") // Hibernate fills the fields
    protected SourceEntity() {}

    Source toSource() {
        return new Source(requireNonNull(id), name, created, closed);
    }
}
