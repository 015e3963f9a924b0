package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Place;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.store.Parting;
import dev.rolewright.store.StoreFailure;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
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

    private static final String NOT_LOOKED_AFTER =
            "The contract could not be looked after; what held on this replica goes on to hold";
    private static final String UNREADABLE = "The directory of the contract cannot be read: ";
    private static final String MEND = "Mend it or rolewright.contract.directory.";

    /// As many looks in a row may find something else before somebody is told.
    private static final int MOST_RESTLESS = 15;

    private final Optional<Path> directory;
    private final Contracts contracts;
    private final Clock clock = Clock.systemUTC();
    private @Nullable Look seen;
    private @Nullable Taken taken;
    private @Nullable String sound;
    private int restless;
    private boolean failing;

    FileWatch(ContractConfig config, Contracts contracts) {
        this.directory = config.directory();
        this.contracts = contracts;
    }

    /// One look at the directory: its files, or why they cannot be read.
    private record Look(List<SourceFile> files, Optional<Finding> failure) {}

    /// Files that counted, and what was read in them.
    private record Taken(Look look, Stance stance) {}

    /// What the files say holds as soon as the application runs.
    void start(@Observes StartupEvent event) {
        look();
        look();
    }

    void stop(@Observes ShutdownEvent event) {
        directory.ifPresent(_ -> Parting.with(contracts::leave)); // else the others find out by themselves
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
                StoreFailure.warn(LOG, NOT_LOOKED_AFTER, e);
            }
            failing = true;
        }
    }

    private void look(Path path) {
        Look now = read(path);
        boolean rests = now.equals(seen);
        seen = now;
        restless = rests ? 0 : restless + 1;
        if (rests && (taken == null || !taken.look().equals(now))) {
            take(path, now);
        } else if (restless == MOST_RESTLESS) {
            take(
                    path,
                    failed(
                            start(path),
                            "The files are others at every look, " + restless + " times now.",
                            "Let nothing write to them all the time; they count when two looks in a row find the same."));
        } else if (taken != null) {
            contracts.stand(taken.stance());
        }
    }

    /// What this replica's files said before decides whether they have changed; while they cannot be read they say
    /// nothing, so a volume that comes back as it was has not.
    private void take(Path path, Look look) {
        Reading reading = look.failure().map(FileWatch::unread).orElseGet(() -> reading(path, look.files()));
        Optional<String> digest = reading.contract().map(Contract::digest);
        boolean changed =
                sound != null && digest.filter(it -> !it.equals(sound)).isPresent();
        Stance stance = new Stance(new Offer(look.files(), "files of " + path), reading, changed, clock.instant());
        contracts.stand(stance);
        sound = digest.orElse(sound);
        taken = new Taken(look, stance.unchanged());
    }

    /// Whatever is in the files, somebody learns of it.
    private Reading reading(Path path, List<SourceFile> files) {
        try {
            return contracts.read(files);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The contract in " + path + " cannot be read, which is our mistake", e);
            return unread(error(
                    start(path), "This release fails to read what is in the files.", "Go back to what held before."));
        }
    }

    private static Look read(Path path) {
        try {
            return new Look(ContractFiles.read(path), Optional.empty());
        } catch (ContractFiles.Unreadable e) {
            return failed(e.place(), UNREADABLE + e.getMessage(), MEND);
        } catch (IOException e) {
            return failed(start(path), UNREADABLE + e + ".", MEND);
        }
    }

    private static Look failed(Place place, String sentence, String fix) {
        return new Look(List.of(), Optional.of(error(place, sentence, fix)));
    }

    private static Place start(Path path) {
        return new Place(path.toString(), 1, 1);
    }

    private static Finding error(Place place, String sentence, String fix) {
        return new Finding(Finding.Level.ERROR, place, sentence, fix);
    }

    private static Reading unread(Finding why) {
        return new Reading(Optional.empty(), List.of(why));
    }
}
