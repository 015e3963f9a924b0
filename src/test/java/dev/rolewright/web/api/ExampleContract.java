package dev.rolewright.web.api;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.Offer;
import dev.rolewright.contract.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The contract that the application begins with, for tests that let another one hold meanwhile.
final class ExampleContract {

    private ExampleContract() {}

    static void hold(Contracts contracts) throws IOException {
        contracts.offer(new Offer(List.of(file("orders.yaml"), file("people.yaml")), "the test that changed it"));
    }

    static SourceFile file(String name) throws IOException {
        return new SourceFile(name, Files.readString(Path.of("deploy", "contract", name)));
    }
}
