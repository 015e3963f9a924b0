package dev.rolewright.source;

import static dev.rolewright.source.SourceProblem.Kind.INVALID;
import static dev.rolewright.source.SourceProblem.Kind.TAKEN;
import static dev.rolewright.source.SourceProblem.Kind.UNKNOWN;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.SourceEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.hibernate.exception.ConstraintViolationException;

/// The sources, and their opening and closing.
///
/// A source is never renamed, because the identity provider has its URL, and never deleted, because the audit trail
/// speaks of it.
@ApplicationScoped
public class Sources {

    private final SourceRows rows;
    private final AuditTrail trail;
    private final Keyring keyring;
    private final Clock clock = Clock.systemUTC();

    Sources(SourceRows rows, AuditTrail trail, Keyring keyring) {
        this.rows = rows;
        this.trail = trail;
        this.keyring = keyring;
    }

    /// The sources after the given id, in the order they were made.
    public List<Source> list(int after, int limit) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> rows.page(after, limit).stream()
                        .map(SourceEntity::toSource)
                        .toList());
    }

    /// @throws SourceProblem when no source has that name
    public Source named(String name) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> rows.named(name).map(SourceEntity::toSource).orElseThrow(() -> unknown(name)));
    }

    public Source create(Author author, String name) {
        if (!Source.isName(name)) {
            throw new SourceProblem(INVALID, Source.NAME_RULE);
        }
        try {
            return changed(() -> {
                if (rows.named(name).isPresent()) {
                    throw taken(name);
                }
                SourceEntity row = new SourceEntity(name, clock.instant().truncatedTo(ChronoUnit.MICROS));
                rows.persistAndFlush(row);
                Source source = row.toSource();
                trail.record(new SourceEvent.Created(author.about(source), name));
                return source;
            });
        } catch (ConstraintViolationException e) {
            throw taken(name);
        }
    }

    /// Shuts the source's doors at once, whatever tokens there are; what it pushed stays.
    public Source close(Author author, String name) {
        return changed(() -> {
            SourceEntity row = locked(name);
            if (row.closed == null) {
                row.closed = clock.instant().truncatedTo(ChronoUnit.MICROS);
                trail.record(new SourceEvent.Closed(author.about(row.toSource()), name));
            }
            return row.toSource();
        });
    }

    /// Lets the source's tokens in again.
    public Source open(Author author, String name) {
        return changed(() -> {
            SourceEntity row = locked(name);
            if (row.closed != null) {
                row.closed = null;
                trail.record(new SourceEvent.Opened(author.about(row.toSource()), name));
            }
            return row.toSource();
        });
    }

    private SourceEntity locked(String name) {
        return rows.find("name", name)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .orElseThrow(() -> unknown(name));
    }

    private <T> T changed(Callable<T> change) {
        T result = QuarkusTransaction.requiringNew().call(change);
        keyring.forget();
        return result;
    }

    private static SourceProblem taken(String name) {
        return new SourceProblem(TAKEN, "A source named " + name + " exists already.");
    }

    private static SourceProblem unknown(String name) {
        return new SourceProblem(UNKNOWN, "There is no source named " + name + ".");
    }
}
