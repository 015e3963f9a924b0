package dev.rolewright.deploy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What must hold of the files of an installation, and who breaks it, one sentence each.
record Law(String name, Function<DeployFiles, Stream<String>> accused) {

    List<String> brokenBy(DeployFiles files) {
        return accused.apply(files).sorted().toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
