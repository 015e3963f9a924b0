package dev.rolewright.web.api;

import dev.rolewright.contract.Finding;
import java.util.List;

/// @param file where it is, below the contract's directory
/// @param line from 1
/// @param column from 1
/// @param sentence what is the matter
/// @param fix what to do about it
record FindingView(Finding.Level level, String file, int line, int column, String sentence, String fix) {

    static List<FindingView> of(List<Finding> findings) {
        return findings.stream()
                .map(it -> new FindingView(
                        it.level(),
                        it.place().file(),
                        it.place().line(),
                        it.place().column(),
                        it.sentence(),
                        it.fix()))
                .toList();
    }
}
