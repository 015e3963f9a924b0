package dev.rolewright.web.scim;

import jakarta.enterprise.context.ApplicationScoped;

/// Everybody a request can be sent to, for the two resource classes that do the sending.
///
/// Resource classes are made while the application is still being put together, before there is any configuration;
/// this one is made for the first request.
@ApplicationScoped
class Desks {

    private final Types types;
    private final Bodies bodies;
    private final Resources resources;
    private final Searches searches;
    private final Bulk bulk;
    private final Discovery discovery;
    private final Me me;
    private final ScimConfig config;

    Desks(
            Types types,
            Bodies bodies,
            Resources resources,
            Searches searches,
            Bulk bulk,
            Discovery discovery,
            Me me,
            ScimConfig config) {
        this.types = types;
        this.bodies = bodies;
        this.resources = resources;
        this.searches = searches;
        this.bulk = bulk;
        this.discovery = discovery;
        this.me = me;
        this.config = config;
    }

    Types types() {
        return types;
    }

    Bodies bodies() {
        return bodies;
    }

    Resources resources() {
        return resources;
    }

    Searches searches() {
        return searches;
    }

    Bulk bulk() {
        return bulk;
    }

    Discovery discovery() {
        return discovery;
    }

    Me me() {
        return me;
    }

    ScimConfig.Limits limits() {
        return config.limits();
    }
}
