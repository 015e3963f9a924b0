package dev.rolewright.web.scim;

import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Query;
import dev.rolewright.directory.ResultPage;
import dev.rolewright.directory.Sort;
import dev.rolewright.directory.View;
import dev.rolewright.scim.dialect.Dialects;
import dev.rolewright.scim.dialect.Normalised;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers searches over one resource type or, at the root, over all of them.
@Singleton
class Searches {

    private final Types types;
    private final Directory directory;
    private final Answers answers;
    private final QuirkMeter quirks;
    private final FilterLimits limits;

    Searches(Types types, Directory directory, Answers answers, QuirkMeter quirks, ScimConfig config) {
        this.types = types;
        this.directory = directory;
        this.answers = answers;
        this.quirks = quirks;
        this.limits = ScimConfig.filter(config.limits());
    }

    Response search(Exchange exchange, List<ResourceType> among, SearchRequest asked) {
        Map<String, Renderer> renderers = new HashMap<>();
        View view = View.PLAIN;
        for (ResourceType type : among) {
            Projection projection = Projection.of(type, asked.attributes(), asked.excludedAttributes());
            boolean wishless = asked.attributes() == null && asked.excludedAttributes() == null;
            Renderer renderer = types.renderer(type, exchange.links(), projection, wishless);
            renderers.put(type.name(), renderer);
            view = both(view, renderer.view());
        }
        ResultPage page = directory.search(
                exchange.speaker().sourceId(),
                new Query(
                        among,
                        filter(among, asked.filter()),
                        sort(asked),
                        asked.paging(),
                        view,
                        exchange.links().base()));
        return answers.list(
                exchange,
                asked.paging(),
                page,
                entry -> Objects.requireNonNull(renderers.get(entry.type().name())));
    }

    private @Nullable Filter filter(List<ResourceType> types, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Normalised<String> read = Dialects.filter(types, text);
        quirks.count(read.quirks());
        return FilterParser.parse(read.value(), limits);
    }

    private static @Nullable Sort sort(SearchRequest asked) {
        return asked.sortBy() == null ? null : new Sort(AttributePath.parse(asked.sortBy()), asked.descending());
    }

    private static View both(View one, View other) {
        return new View(one.groups() || other.groups(), one.references() || other.references());
    }
}
