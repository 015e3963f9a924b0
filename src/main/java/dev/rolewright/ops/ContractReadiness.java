package dev.rolewright.ops;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.FilesReading;
import dev.rolewright.contract.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Says which contract holds and whether another one was refused. It is always up: an identity provider can be listened
/// to whatever the contract is.
@Readiness
@ApplicationScoped
class ContractReadiness implements HealthCheck {

    private final Contracts contracts;

    ContractReadiness(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<ActiveContract> active = contracts.active();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("Contract")
                .up()
                .withData("holds", active.map(it -> it.contract().version()).orElse("none"));
        contracts
                .reading()
                .filter(FilesReading::isRefused)
                .ifPresent(refused -> answer.withData("refused", refused.origin())
                        .withData(
                                "errors",
                                refused.findings().stream()
                                        .filter(Finding::isError)
                                        .count()));
        contracts.reading().flatMap(FilesReading::number).ifPresent(version -> answer.withData("files", version));
        return answer.build();
    }
}
