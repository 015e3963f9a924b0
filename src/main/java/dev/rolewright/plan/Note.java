package dev.rolewright.plan;

import java.util.Comparator;
import java.util.Optional;

/// What a plan leaves alone and a human should know: the `!` lines.
///
/// @param subject the login, role, object or server it is about
/// @param remedy a statement that an administrator could run
/// @param notice of what kind it is where the engine saw it
public record Note(Kind kind, String subject, String sentence, Optional<String> remedy, Optional<Notice.Kind> notice)
        implements Comparable<Note> {

    private static final Comparator<Note> ORDER = Comparator.comparing(Note::kind)
            .thenComparing(Note::subject)
            .thenComparing(Note::sentence)
            .thenComparing(note -> note.remedy().orElse(""))
            .thenComparing(note -> note.notice().map(Notice.Kind::subject).orElse(""));

    public enum Kind {
        /// A name that is wanted belongs to somebody else.
        NAME_TAKEN,
        /// A name of ours that the contract protects, or that is needed for our own work.
        PROTECTED,
        /// One person has several logins with our mark.
        SEVERAL_LOGINS,
        /// A role is earned that does not exist here as ours.
        ROLE_MISSING,
        /// The contract speaks of something that is not there.
        OBJECT_MISSING,
        /// A role that is to see some rows of a table gets nothing on its partitions and heirs by their own
        /// names.
        PART_LEFT_OUT,
        /// Row-level security of a table that the contract limits belongs to somebody else.
        FOREIGN_ROWS,
        /// A login is past its grace and cannot be dropped safely.
        KEPT,
        /// Some who earn a role get no login, because every name they could have is protected or taken.
        NAMELESS,
        /// Some do not get roles that they earn, because the contract keeps them apart.
        SEPARATED,
        /// The store was brought back from a copy that is older than what was done here.
        STORE_OLDER,
        /// The engine saw it.
        NOTICE
    }

    public Note(Kind kind, String subject, String sentence, Optional<String> remedy) {
        this(kind, subject, sentence, remedy, Optional.empty());
    }

    static Note of(Kind kind, Object subject, String sentence) {
        return new Note(kind, subject.toString(), sentence, Optional.empty());
    }

    static Note of(Notice notice) {
        return new Note(
                Kind.NOTICE, notice.kind().subject(), notice.sentence(), notice.remedy(), Optional.of(notice.kind()));
    }

    @Override
    public int compareTo(Note other) {
        return ORDER.compare(this, other);
    }
}
