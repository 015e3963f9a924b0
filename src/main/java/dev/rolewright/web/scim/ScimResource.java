package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.web.auth.OpenToPersons;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Which URL of SCIM does what (RFC 7644 §3.2). One set of methods serves every resource type of the
/// catalog; what has no method here was turned away on the {@link Doorstep} already.
@RunOnVirtualThread
abstract class ScimResource {

    private final Desks desks;

    ScimResource(Desks desks) {
        this.desks = desks;
    }

    @GET
    @Operation(summary = "Searches all resource types")
    public Response searchAll(@Context RoutingContext context) {
        return search(Exchange.of(context), desks.types().all());
    }

    @POST
    @Path("/.search")
    @Operation(summary = "Searches all resource types, asked by a body")
    public Response searchAllByBody(@Context RoutingContext context, InputStream body) throws IOException {
        return search(Exchange.of(context), desks.types().all(), body);
    }

    @POST
    @Path("/Bulk")
    @Operation(summary = "Makes many changes")
    public Response bulk(@Context RoutingContext context, InputStream body) throws IOException {
        Exchange exchange = Exchange.of(context);
        return desks.bulk().perform(exchange, desks.bodies().read(exchange, body));
    }

    @GET
    @Path("/ServiceProviderConfig")
    @OpenToPersons
    @Operation(summary = "Says what this server can do")
    public Response serviceProviderConfig(@Context RoutingContext context) {
        return desks.discovery().serviceProviderConfig(Exchange.of(context));
    }

    @GET
    @Path("/Schemas")
    @OpenToPersons
    @Operation(summary = "Lists the schemas")
    public Response schemas(@Context RoutingContext context) {
        return desks.discovery().schemas(Exchange.of(context));
    }

    @GET
    @Path("/Schemas/{urn}")
    @OpenToPersons
    @Operation(summary = "Shows one schema")
    public Response schema(@Context RoutingContext context, @PathParam("urn") String urn) {
        return desks.discovery().schema(Exchange.of(context), urn);
    }

    @GET
    @Path("/ResourceTypes")
    @OpenToPersons
    @Operation(summary = "Lists the resource types")
    public Response resourceTypes(@Context RoutingContext context) {
        return desks.discovery().resourceTypes(Exchange.of(context));
    }

    @GET
    @Path("/ResourceTypes/{name}")
    @OpenToPersons
    @Operation(summary = "Shows one resource type")
    public Response resourceType(@Context RoutingContext context, @PathParam("name") String name) {
        return desks.discovery().resourceType(Exchange.of(context), name);
    }

    @GET
    @Path("/Me")
    @OpenToPersons
    @Operation(summary = "Shows the record of the person whose token this is")
    public Response me(@Context RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        return desks.resources().get(exchange, desks.me().type(), desks.me().id(exchange));
    }

    @GET
    @Path("/{endpoint}")
    @Operation(summary = "Searches the resources of one type")
    public Response searchType(@Context RoutingContext context, @PathParam("endpoint") String endpoint) {
        return search(Exchange.of(context), List.of(type(endpoint)));
    }

    @POST
    @Path("/{endpoint}/.search")
    @Operation(summary = "Searches the resources of one type, asked by a body")
    public Response searchTypeByBody(
            @Context RoutingContext context, @PathParam("endpoint") String endpoint, InputStream body)
            throws IOException {
        return search(Exchange.of(context), List.of(type(endpoint)), body);
    }

    @POST
    @Path("/{endpoint}")
    @Operation(summary = "Creates a resource")
    public Response create(@Context RoutingContext context, @PathParam("endpoint") String endpoint, InputStream body)
            throws IOException {
        Exchange exchange = Exchange.of(context);
        ResourceType type = type(endpoint);
        return desks.resources().create(exchange, type, desks.bodies().read(exchange, body));
    }

    @GET
    @Path("/{endpoint}/{id}")
    @Operation(summary = "Shows a resource")
    public Response get(
            @Context RoutingContext context, @PathParam("endpoint") String endpoint, @PathParam("id") String id) {
        Exchange exchange = Exchange.of(context);
        return desks.resources().get(exchange, type(endpoint), id);
    }

    @PUT
    @Path("/{endpoint}/{id}")
    @Operation(summary = "Replaces a resource")
    public Response replace(
            @Context RoutingContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            InputStream body)
            throws IOException {
        Exchange exchange = Exchange.of(context);
        ResourceType type = type(endpoint);
        return desks.resources().replace(exchange, type, id, desks.bodies().read(exchange, body));
    }

    @PATCH
    @Path("/{endpoint}/{id}")
    @Operation(summary = "Changes parts of a resource")
    public Response patch(
            @Context RoutingContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            InputStream body)
            throws IOException {
        Exchange exchange = Exchange.of(context);
        ResourceType type = type(endpoint);
        return desks.resources().patch(exchange, type, id, desks.bodies().read(exchange, body));
    }

    @DELETE
    @Path("/{endpoint}/{id}")
    @Operation(summary = "Deletes a resource")
    public Response delete(
            @Context RoutingContext context, @PathParam("endpoint") String endpoint, @PathParam("id") String id) {
        return desks.resources().delete(Exchange.of(context), type(endpoint), id);
    }

    private Response search(Exchange exchange, List<ResourceType> types) {
        SearchRequest asked = SearchRequest.of(exchange.query(), desks.limits());
        return desks.searches().search(exchange, types, asked);
    }

    private Response search(Exchange exchange, List<ResourceType> types, InputStream body) throws IOException {
        SearchRequest asked = SearchRequest.of(desks.bodies().read(exchange, body), desks.limits());
        return desks.searches().search(exchange, types, asked);
    }

    private ResourceType type(String endpoint) {
        return desks.types()
                .byEndpoint(endpoint)
                .orElseThrow(() -> ScimProblem.of(404, "There is no resource type at this address."));
    }
}
