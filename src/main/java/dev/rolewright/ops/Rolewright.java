package dev.rolewright.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// The running application: says how to reach it once everything stands, and stays until it is asked to go.
class Rolewright implements QuarkusApplication {

    private final StartupReport report;

    Rolewright(StartupReport report) {
        this.report = report;
    }

    @Override
    public int run(String... arguments) {
        report.give();
        Quarkus.waitForExit();
        return 0;
    }
}
