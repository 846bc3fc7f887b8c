-- What a merchant's statement reads.
create index payment_order_paid_to on payment_order (merchant_id, pay_time) where pay_time is not null;
create index charge_taken_for on charge (merchant_id, create_time) where state = 1;
create index refund_of_order on refund (payment_order_id);
