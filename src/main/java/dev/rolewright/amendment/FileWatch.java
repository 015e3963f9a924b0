package dev.rolewright.amendment;

import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Place;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks every few seconds whether the files of the contract's directory, or what holds in the store, are others.
///
/// Files are compared by what is in them, because no notice of a file system covers links that are exchanged, volumes
/// of a network and editors that write anew and rename. They count when two looks in a row find the same, so nothing
/// half written is read.
@ApplicationScoped
class FileWatch {

    private static final Logger LOG = Logger.getLogger(FileWatch.class);

    private final Optional<Path> directory;
    private final Contracts contracts;
    private final Clock clock = Clock.systemUTC();
    private @Nullable Look seen;
    private @Nullable Taken taken;
    private boolean failing;

    FileWatch(ContractConfig config, Contracts contracts) {
        this.directory = config.directory();
        this.contracts = contracts;
    }

    /// One look at the directory: its files, or why they cannot be read.
    private record Look(List<SourceFile> files, Optional<String> failure) {}

    /// Files that counted, and what was read in them.
    private record Taken(Look look, Stance stance) {}

    /// What the files say holds as soon as the application runs.
    void start(@Observes StartupEvent event) {
        look();
        look();
    }

    void stop(@Observes ShutdownEvent event) {
        try {
            directory.ifPresent(_ -> contracts.leave());
        } catch (RuntimeException e) {
            LOG.debug("The others find out by themselves that this replica is gone", e);
        }
    }

    @Scheduled(
            every = "${rolewright.contract.look-every:2s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            identity = "contract-files")
    synchronized void look() {
        try {
            contracts.refresh();
            directory.ifPresent(this::look);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The contract could not be looked after; what held on this replica goes on to hold", e);
            }
            failing = true;
        }
    }

    private void look(Path path) {
        Look now = read(path);
        if (!now.equals(seen)) {
            seen = now;
        } else if (taken == null || !taken.look().equals(now)) {
            Reading reading =
                    now.failure().map(failure -> unread(path, failure)).orElseGet(() -> contracts.read(now.files()));
            Stance stance =
                    new Stance(new Offer(now.files(), "files of " + path), reading, taken != null, clock.instant());
            contracts.stand(stance);
            taken = new Taken(now, stance.unchanged());
        } else {
            contracts.stand(taken.stance());
        }
    }

    private static Look read(Path path) {
        try {
            return new Look(ContractFiles.read(path), Optional.empty());
        } catch (FileSystemException e) {
            return new Look(List.of(), Optional.of(e.toString()));
        } catch (IOException e) {
            return new Look(List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static Reading unread(Path path, String failure) {
        Place place = new Place(path.toString(), 1, 1);
        return new Reading(
                Optional.empty(),
                List.of(new Finding(
                        Finding.Level.ERROR,
                        place,
                        "The directory of the contract cannot be read: " + failure,
                        "Mend it or rolewright.contract.directory.")));
    }
}
