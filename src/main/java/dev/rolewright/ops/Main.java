package dev.rolewright.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The entry point: sees to a store and, in development, to tokens, and then starts the application.
@QuarkusMain
public class Main {

    /// Makes Quarkus leave the check of addresses to our doors, which say what is wrong in the form
    /// their clients read; its own check answers with an empty 400, also to the brackets and quotes of a
    /// filter somebody did not encode.
    private static final String ADDRESSES_ARE_CHECKED_AT_THE_DOORS = "vertx.disableURIValidation";

    public static void main(String... arguments) {
        System.setProperty(ADDRESSES_ARE_CHECKED_AT_THE_DOORS, "true");
        try {
            Preparation.prepare();
        } catch (EmbeddedStoreFailure e) {
            System.err.println("Rolewright cannot start: " + e.getMessage() + ".");
            System.exit(1);
        }
        if (Preparation.isAllThereIsToDo()) {
            Quarkus.run(arguments); // ends by itself, unless it is given something to run
        } else {
            Quarkus.run(Rolewright.class, arguments);
        }
    }
}
