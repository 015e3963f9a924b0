package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.ComplexValueFilter;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.rolewright.scim.schema.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A foreign reading of filters: the parser and evaluator of UnboundID's SCIM SDK, told the case rules
/// of our schemas.
final class UnboundIdEvaluator extends FilterEvaluator {

    private final ResourceType type;
    private @Nullable AttributePath holder;

    private UnboundIdEvaluator(ResourceType type) {
        this.type = type;
    }

    /// @param document as {@link #foreign} reads it
    static boolean matches(com.unboundid.scim2.common.filters.Filter filter, ResourceType type, JsonNode document)
            throws ScimException {
        return filter.visit(new UnboundIdEvaluator(type), document);
    }

    static JsonNode foreign(ObjectNode document) {
        try {
            return JsonUtils.getObjectReader().readTree(document.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Boolean visit(ComplexValueFilter filter, JsonNode object) throws ScimException {
        holder = AttributePath.parse(filter.getAttributePath().toString());
        try {
            return super.visit(filter, object);
        } finally {
            holder = null;
        }
    }

    @Override
    protected @Nullable AttributeDefinition getAttributeDefinition(Path path) {
        AttributePath written = AttributePath.parse(path.toString());
        Optional<Resolved> found = holder == null
                ? Resolver.resolve(type, written)
                : Resolver.resolve(type, holder).flatMap(top -> Resolver.resolveElement(top, written));
        return found.map(resolved -> new AttributeDefinition.Builder()
                        .setName(resolved.leaf().name())
                        .setType(AttributeDefinition.Type.STRING)
                        .setCaseExact(resolved.leaf().caseExact())
                        .build())
                .orElse(null);
    }
}
