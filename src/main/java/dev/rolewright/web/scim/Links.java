package dev.rolewright.web.scim;

import java.util.Map;

/// Addresses of resources as one client sees them.
///
/// @param base the address of the source's SCIM root, without a slash at its end
/// @param endpoints where the resources of each type live, by the type's name
record Links(String base, Map<String, String> endpoints) {

    String to(String type, Object id) {
        String endpoint = endpoints.get(type);
        if (endpoint == null) {
            throw new IllegalStateException("no resource type has the name " + type);
        }
        return base + endpoint + "/" + id;
    }
}
