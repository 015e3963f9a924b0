package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

/// Asks the classes that are generated from Kubernetes' own description of its API: whatever they do not know, and
/// whatever is missing, is a mistake.
final class KubernetesSchema {

    private interface Check {
        void validate(JsonElement object) throws IOException;
    }

    private static final Map<String, Check> KINDS = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "batch/v1 Job", V1Job::validateJsonElement,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private KubernetesSchema() {}

    static Stream<String> accused(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        Check check = KINDS.get(kind);
        if (check == null) {
            return Stream.of("nobody knows " + kind);
        }
        try {
            check.validate(JsonParser.parseString(object.toString()));
            return Stream.of();
        } catch (IOException | IllegalArgumentException e) {
            return Stream.of(kind + ": " + e.getMessage());
        }
    }
}
