package dev.rolewright.web.scim;

import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The resource types this door serves, found by the words that stand in URLs.
@Singleton
class Types {

    private final List<ResourceType> all;
    private final Map<String, ResourceType> byEndpoint = new HashMap<>();
    private final Map<String, String> endpoints = new HashMap<>();
    private final Map<String, Plainness> plainness = new HashMap<>();

    Types(Catalog catalog) {
        all = catalog.types();
        for (ResourceType type : all) {
            byEndpoint.put(type.endpoint().substring(1), type);
            endpoints.put(type.name(), type.endpoint());
            plainness.put(type.name(), Plainness.of(type));
        }
    }

    List<ResourceType> all() {
        return all;
    }

    /// The type whose resources live there, such as `Users`.
    Optional<ResourceType> byEndpoint(String segment) {
        return Optional.ofNullable(byEndpoint.get(segment));
    }

    /// A renderer for what one client is to see.
    Renderer renderer(ResourceType type, Links links, Projection projection, boolean wishless) {
        return new Renderer(type, Objects.requireNonNull(plainness.get(type.name())), links, projection, wishless);
    }

    Links links(String base) {
        return new Links(base, endpoints);
    }

    /// Says whether resources of that type have members: their changes are answered without a body,
    /// which could be large.
    static boolean hasMembers(ResourceType type) {
        return type.core().attribute("members").isPresent();
    }
}
