package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is stopped now, and by what.
///
/// It is the store's clock that says what is now: the same one by which a fence becomes due, so that whoever is woken
/// by a fence finds it.
@ApplicationScoped
public class Fences {

    private static final String HOLDING = "SELECT person, sender, event, kind, since FROM fence"
            + " WHERE since <= statement_timestamp() AND (until IS NULL OR until > statement_timestamp())";

    private final Store store;

    public Fences(Store store) {
        this.store = store;
    }

    private record Of(PersonId person, Fence fence) {}

    /// Everybody who is fenced.
    public Map<PersonId, List<Fence>> all() {
        return read(HOLDING);
    }

    /// Those of these people who are fenced.
    public Map<PersonId, List<Fence>> of(Collection<PersonId> people) {
        return read(HOLDING + " AND person = ANY (?)", (Object) PersonId.ids(people));
    }

    private Map<PersonId, List<Fence>> read(String sql, @Nullable Object... values) {
        return store
                .all(
                        sql + " ORDER BY person, since, sender, kind",
                        row -> new Of(
                                new PersonId(row.getObject(1, UUID.class)),
                                new Fence(
                                        row.getString(2),
                                        row.getString(3),
                                        Store.word(Fence.Kind.class, row.getString(4)),
                                        Store.instant(row, 5))),
                        values)
                .stream()
                .collect(groupingBy(Of::person, mapping(Of::fence, toList())));
    }
}
