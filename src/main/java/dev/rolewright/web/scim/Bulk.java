package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Ids;
import dev.rolewright.directory.Precondition;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.scim.BulkOperation.Broken;
import dev.rolewright.web.scim.BulkOperation.Sound;
import dev.rolewright.web.scim.BulkResult.Done;
import dev.rolewright.web.scim.BulkResult.Failed;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Performs bulk requests (RFC 7644 §3.7): as much as possible is done, each operation by itself, until
/// too many failed.
///
/// An operation that refers to one that failed fails with 409. Operations that refer to each other in a circle are done
/// in one transaction, so that none of them is left pointing at something that never came to be.
@Singleton
class Bulk {

    private static final Logger LOG = Logger.getLogger(Bulk.class);

    private final Changes changes;
    private final Types types;
    private final int maxOperations;

    Bulk(Changes changes, Types types, ScimConfig config) {
        this.changes = changes;
        this.types = types;
        this.maxOperations = config.limits().bulkOperations();
    }

    Response perform(Exchange exchange, ObjectNode body) {
        BulkPlan plan = BulkPlan.of(body, maxOperations, Ids::next);
        Map<Integer, BulkResult> results = new TreeMap<>();
        int failures = 0;
        for (List<Integer> unit : plan.units()) {
            if (failures >= plan.failOnErrors()) {
                break;
            }
            if (unit.size() == 1) {
                BulkOperation operation = plan.operations().get(unit.get(0));
                results.put(operation.index(), alone(exchange, operation, results));
            } else {
                together(exchange, unit.stream().map(plan.operations()::get).toList(), results);
            }
            failures += (int) unit.stream()
                    .filter(index -> results.get(index) instanceof Failed)
                    .count();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("schemas").add(BulkPlan.RESPONSE);
        ArrayNode operations = answer.putArray("Operations");
        results.forEach(
                (index, result) -> operations.add(result.json(plan.operations().get(index), exchange.links())));
        return Answers.json(200, answer);
    }

    private BulkResult alone(Exchange exchange, BulkOperation operation, Map<Integer, BulkResult> results) {
        return switch (operation) {
            case Broken broken -> new Failed(broken.problem());
            case Sound sound -> {
                for (Integer reference : sound.references()) {
                    if (results.get(reference) instanceof Failed) {
                        yield new Failed(ScimProblem.of(
                                409, "Operations[" + reference + "], which this one refers to, has failed."));
                    }
                }
                yield attempt(exchange, sound);
            }
        };
    }

    /// A circle: all of it or nothing.
    private void together(Exchange exchange, List<BulkOperation> circle, Map<Integer, BulkResult> results) {
        Map<Integer, BulkResult> done = new TreeMap<>();
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                for (BulkOperation operation : circle) {
                    BulkResult result = attempt(exchange, (Sound) operation);
                    done.put(operation.index(), result);
                    if (result instanceof Failed) {
                        throw new GivenUp();
                    }
                }
            });
            results.putAll(done);
        } catch (GivenUp e) {
            for (BulkOperation operation : circle) {
                BulkResult own = done.get(operation.index());
                results.put(
                        operation.index(),
                        own instanceof Failed
                                ? own
                                : new Failed(ScimProblem.of(
                                        409, "An operation that this one refers to in a circle has failed.")));
            }
        }
    }

    private BulkResult attempt(Exchange exchange, Sound operation) {
        try {
            return perform(exchange, operation);
        } catch (ScimProblem problem) {
            Refusals.tellsOfTheStore(problem);
            return new Failed(problem);
        } catch (RuntimeException e) {
            if (e instanceof StoreFailure && Refusals.tellsOfTheStore(e)) {
                return new Failed(Refusals.STORE_AWAY);
            }
            LOG.errorf(e, "an operation of a bulk request failed, requestId=%s", RequestIds.of(exchange.http()));
            return new Failed(ScimProblem.of(500, "The operation failed; the log has its X-Request-Id."));
        }
    }

    private BulkResult perform(Exchange exchange, Sound operation) {
        ResourceType type = types.byEndpoint(operation.endpoint())
                .orElseThrow(() -> ScimProblem.of(404, "There is no such endpoint."));
        Precondition precondition = Exchange.precondition(operation.versions());
        String id = operation.id();
        return switch (operation.verb()) {
            case POST -> done(201, changes.create(exchange, type, UUID.fromString(id), operation.data()));
            case PUT -> done(200, changes.replace(exchange, type, id, operation.data(), precondition));
            case PATCH -> {
                Entry entry = changes.patch(exchange, type, id, operation.data(), precondition);
                yield done(Types.hasMembers(type) ? 204 : 200, entry);
            }
            case DELETE -> {
                changes.delete(exchange, type, id, precondition);
                yield new Done(204, null);
            }
        };
    }

    private static BulkResult done(int status, Entry entry) {
        return new Done(status, EntityTags.of(entry.version()));
    }

    /// Ends the transaction of a circle.
    private static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GivenUp() {
            super(null, null, false, false);
        }
    }
}
