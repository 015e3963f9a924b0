package dev.rolewright.web;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses parameters of the query that an address does not know, and those without a value: they are more likely a
/// typo than a wish. Passed over, they would list everybody's receipts for somebody's, and do in earnest what was
/// to be a rehearsal.
///
/// The SCIM door has rules of its own for its query, and what comes with a link was added by who knows whom.
class KnownParameters {

    private static final Set<String> DOORS =
            Set.of("dev.rolewright.web.api", "dev.rolewright.web.hr", "dev.rolewright.web.me");

    /// Only whoever was let in is told.
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        if (DOORS.contains(resource.getResourceClass().getPackageName())) {
            Set<String> known = known(resource.getResourceMethod());
            request.getUriInfo().getQueryParameters().forEach((name, values) -> check(known, name, values));
        }
    }

    private static void check(Set<String> known, String name, List<String> values) {
        if (!known.contains(name)) {
            throw new ParameterProblem(
                    known.isEmpty()
                            ? "This address takes no parameters."
                            : "This address takes these parameters only: " + String.join(", ", known) + ".");
        }
        if (values.size() > 1) {
            throw new ParameterProblem(name + " may be given once only.");
        }
        if (values.stream().anyMatch(String::isEmpty)) {
            throw new ParameterProblem(name + " has no value; leave it out, or say which.");
        }
    }

    private static Set<String> known(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(KnownParameters::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> name(Parameter parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        return query == null ? Stream.empty() : Stream.of(query.value());
    }
}
