-- Reports whose message is not known yet, by carrier: for the operator, who is shown carriers in a room that knows no reports.
create view waiting_reports as
select carrier, count(*)::integer as reports from unmatched_reports group by carrier;
