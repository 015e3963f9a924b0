package dev.rolewright.amendment;

import dev.rolewright.contract.SourceFile;
import java.util.List;

/// Files that are to be the contract.
///
/// @param origin where they come from, as people read it: `files of /etc/rolewright/contract`
public record Offer(List<SourceFile> files, String origin) {

    public Offer {
        files = List.copyOf(files);
    }
}
