package dev.rolewright.web.scim;

import dev.rolewright.scim.filter.FilterLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// What the SCIM door lets in, and what it calls itself.
@ConfigMapping(prefix = "rolewright.scim")
public interface ScimConfig {

    /// The URL clients reach `/scim` under, such as `https://iam.example.org/rolewright`, when a proxy hides it.
    /// Without it, links are built from the request itself.
    Optional<String> baseUrl();

    Limits limits();

    /// The caps on a filter, wherever one may stand: in a search, or in the path of a PATCH.
    static FilterLimits filter(Limits limits) {
        return new FilterLimits(limits.filterLength(), limits.filterClauses(), limits.filterDepth());
    }

    /// A cap on everything a client can send. Each is answered in the error envelope with the status that fits.
    interface Limits {

        /// Bytes of a request body, bulk requests included: 413.
        @WithDefault("10485760")
        int bodyBytes();

        /// How deep objects and arrays of a body may nest: 400.
        @WithDefault("32")
        int depth();

        /// Characters of one string in a body: 400.
        @WithDefault("1048576")
        int stringLength();

        /// Characters of one member name in a body: 400.
        @WithDefault("1024")
        int nameLength();

        /// Digits of one number in a body: 400.
        @WithDefault("100")
        int numberLength();

        /// Characters of the path and query of a request: 414.
        @WithDefault("32768")
        int uriLength();

        /// Operations of one PATCH: 413.
        @WithDefault("1000")
        int patchOperations();

        /// Members named in one request: 413.
        @WithDefault("100000")
        int members();

        /// Operations of one bulk request: 413.
        @WithDefault("1000")
        int bulkOperations();

        /// Characters of a filter: 400 `invalidFilter`.
        @WithDefault("8192")
        int filterLength();

        /// Comparisons in a filter: 400 `invalidFilter`.
        @WithDefault("100")
        int filterClauses();

        /// How deep groups of a filter may nest: 400 `invalidFilter`.
        @WithDefault("20")
        int filterDepth();

        /// Resources of a page when the client does not say.
        @WithDefault("100")
        int defaultPageSize();

        /// Resources of a page at most; a client that asks for more gets this many.
        @WithDefault("1000")
        int maxPageSize();
    }
}
