package dev.rolewright.source;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class TokenRows implements PanacheRepositoryBase<TokenEntity, Long> {

    /// Requests wait for what is read with this hint, so the store must answer soon or fail.
    static final String PATIENCE = "jakarta.persistence.query.timeout";

    static final int MILLIS = 3_000;

    /// Everything that may open a door right now.
    List<TokenEntity> live(Instant now) {
        return find("revoked is null and (expires is null or expires > ?1)", now)
                .withHint(PATIENCE, MILLIS)
                .list();
    }

    long liveOf(int sourceId, Instant now) {
        return count("sourceId = ?1 and revoked is null and (expires is null or expires > ?2)", sourceId, now);
    }

    boolean isNameHeld(int sourceId, String name) {
        return count("sourceId = ?1 and name = ?2 and revoked is null", sourceId, name) > 0;
    }

    List<TokenEntity> page(int sourceId, long after, int limit) {
        return find("sourceId = ?1 and id > ?2 order by id", sourceId, after)
                .page(Page.ofSize(limit))
                .list();
    }

    Optional<TokenEntity> locked(int sourceId, long id) {
        return find("sourceId = ?1 and id = ?2", sourceId, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /// When the first token of an identity provider ends that was used lately and still opens a door.
    Optional<Instant> nextEnd(Instant now, Instant lately) {
        return Optional.ofNullable(getEntityManager()
                .createQuery(
                        "select min(t.expires) from TokenEntity t where t.revoked is null and t.person is null"
                                + " and t.expires > :now and t.lastUsed > :lately and not exists"
                                + " (select 1 from SourceEntity s where s.id = t.sourceId and s.closed is not null)",
                        Instant.class)
                .setParameter("now", now)
                .setParameter("lately", lately)
                .setHint(PATIENCE, MILLIS)
                .getSingleResult());
    }
}
