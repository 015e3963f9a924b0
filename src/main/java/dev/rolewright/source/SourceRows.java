package dev.rolewright.source;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SourceRows implements PanacheRepositoryBase<SourceEntity, Integer> {

    List<SourceEntity> all() {
        return findAll().withHint(TokenRows.PATIENCE, TokenRows.MILLIS).list();
    }

    List<SourceEntity> page(int after, int limit) {
        return find("id > ?1 order by id", after).page(Page.ofSize(limit)).list();
    }

    Optional<SourceEntity> named(String name) {
        return find("name", name).firstResultOptional();
    }
}
