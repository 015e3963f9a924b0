package dev.rolewright.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The entry point: sees to a store and, in development, to tokens, and then starts the application.
@QuarkusMain
public class Main {

    public static void main(String... arguments) {
        try {
            Preparation.prepare();
        } catch (StoreFailure e) {
            System.err.println("Rolewright cannot start: " + e.getMessage() + ".");
            System.exit(1);
        }
        Quarkus.run(Rolewright.class, arguments);
    }
}
