package dev.rolewright.engine.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses lead to another host without asking for TLS.
class OpenLineTest {

    private static final String AWAY = "jdbc:postgresql://db.example.org/postgres";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?sslmode=disable",
                "?sslmode=allow",
                "?sslmode=prefer",
                "?ssl=false",
                "?SSLMODE=require",
                "?options=sslmode=require",
                "?sslmode=require&sslmode=disable",
            })
    void whatDoesNotAskForTlsIsInTheOpen(String parameters) {
        assertThat(OpenLine.is(AWAY + parameters)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sslmode=require", "?sslmode=verify-ca", "?a=b&sslmode=verify-full", "?ssl=true", "?ssl"})
    void whatAsksForTlsIsNot(String parameters) {
        assertThat(OpenLine.is(AWAY + parameters)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1.example.org/postgres",
                "jdbc:postgresql://localhost,db.example.org/postgres",
                "jdbc:postgresql://10.0.0.7:5433/postgres",
                "jdbc:postgresql://[fd00::1]/postgres",
                "jdbc:postgresql://0x7f000001.example/postgres",
                "jdbc:postgresql://db.example.org/a@b",
                "jdbc:postgresql://db.example.org:5433,[fd00::1]:5433/a@b?c=@",
            })
    void aHostThatOnlyLooksLikeThisOneIsAnother(String url) {
        assertThat(OpenLine.is(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/postgres",
                "jdbc:postgresql://127.0.0.1:5433/postgres",
                "jdbc:postgresql://127.0.0.1,[::1]/postgres",
                "jdbc:postgresql:postgres",
                "jdbc:mysql://db.example.org/x",
                "no address",
                "jdbc:postgresql://ada:hush@db.example.org/postgres",
                "jdbc:postgresql://ada:hu/sh@db.example.org/postgres",
                "jdbc:postgresql://db.example.org/%zz",
                "jdbc:postgresql://db.example.org:x/postgres",
                "jdbc:postgresql://db.example.org/postgres?sslmode=hush",
                "jdbc:postgresql://db.example.org/postgres?socketFactory=org.example.Tunnel",
            })
    void whatStaysHereOrIsNoAddressOfOursIsNot(String url) {
        assertThat(OpenLine.is(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sslmode=verify-full",
                "?a=b&sslmode=verify-full",
                "?ssl=true",
                "?a=@&sslmode=verify-full",
                "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
            })
    void whoeverAnswersThereHasToProveWhoHeIs(String parameters) {
        assertThat(OpenLine.isProven(AWAY + parameters)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AWAY,
                AWAY + "?sslmode=require",
                AWAY + "?sslmode=verify-ca",
                AWAY + "?sslmode=nonsense",
                AWAY + "?options=sslmode=verify-full",
                AWAY + "?sslmode=verify-full&sslmode=require",
                AWAY + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory",
                AWAY + "?sslmode=verify-full&sslhostnameverifier=org.example.Anybody",
                "jdbc:mysql://db.example.org/x?sslmode=verify-full",
            })
    void thereAnybodyMayAnswer(String url) {
        assertThat(OpenLine.isProven(url)).isFalse();
    }
}
