package dev.rolewright.scim.schema;

import java.util.List;
import java.util.Optional;

/// One kind of resource: where it lives, its core schema (with the common attributes `id`, `externalId`, `meta` and
/// `schemas` of RFC 7643 §3.1 already among its attributes) and the extensions it may carry.
public record ResourceType(String name, String endpoint, String description, Schema core, List<Extension> extensions) {

    /// A schema extension of this type; a required one must be present in every resource.
    public record Extension(Schema schema, boolean required) {}

    public ResourceType {
        extensions = List.copyOf(extensions);
    }

    /// The extension with that URN, compared without case.
    public Optional<Extension> extension(String urn) {
        for (Extension extension : extensions) {
            if (extension.schema().id().equalsIgnoreCase(urn)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }

    /// The extension that says whom a resource reports to, as the enterprise extension of RFC 7643 §4.3 does: its
    /// `manager` is an object that refers to another resource. A {@link Catalog} allows one of them.
    public Optional<Extension> managerExtension() {
        return extensions.stream()
                .filter(extension -> managed(extension.schema()))
                .findFirst();
    }

    static boolean managed(Schema schema) {
        return schema.attribute("manager")
                .filter(manager -> manager.complex() && !manager.multiValued())
                .filter(manager ->
                        manager.sub("value").isPresent() && manager.sub("$ref").isPresent())
                .isPresent();
    }
}
