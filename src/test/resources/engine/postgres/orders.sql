CREATE SCHEMA sales AUTHORIZATION orders_owner;
CREATE SCHEMA crm AUTHORIZATION orders_owner;
SET ROLE orders_owner;

CREATE TABLE sales.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region text NOT NULL,
    amount numeric NOT NULL
);
CREATE TABLE sales.order_lines (
    order_id bigint NOT NULL REFERENCES sales.orders,
    article text NOT NULL
);
CREATE TABLE crm.customers (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    country text NOT NULL
);
CREATE SEQUENCE sales.invoice_numbers;
CREATE TYPE sales.state AS ENUM ('open', 'paid');
CREATE FUNCTION sales.order_total(bigint) RETURNS numeric LANGUAGE sql STABLE
    RETURN (SELECT amount FROM sales.orders WHERE id = $1);
REVOKE EXECUTE ON FUNCTION sales.order_total(bigint) FROM PUBLIC;

INSERT INTO sales.orders (region, amount) VALUES ('EU', 10), ('EU', 20), ('US', 30);
INSERT INTO sales.order_lines VALUES (1, 'paper'), (3, 'ink');
INSERT INTO crm.customers VALUES (1, 'Ada', 'ada@example.org', 'GB'), (2, 'Bob', 'bob@example.org', 'US');
RESET ROLE;
