#!/usr/bin/perl
# An SMSC on Net::SMPP that gives all messages one name, as its example does. Knows binds of one direction only.
# Usage: server.pl PORT
use strict;
use warnings;
use Net::SMPP;

my ($port) = @ARGV;
my $server = Net::SMPP->new_listen('127.0.0.1', port => $port, smpp_version => 0x34, interface_version => 0x34)
  or die "cannot listen: $!";
$SIG{CHLD} = 'IGNORE';
$| = 1;
print "listening\n";

my %answers = (
  Net::SMPP::CMD_bind_receiver    => sub { $_[0]->bind_receiver_resp(system_id => 'perl', seq => $_[1]) },
  Net::SMPP::CMD_bind_transmitter => sub { $_[0]->bind_transmitter_resp(system_id => 'perl', seq => $_[1]) },
  Net::SMPP::CMD_submit_sm        => sub { $_[0]->submit_sm_resp(message_id => '123456789', seq => $_[1]) },
  Net::SMPP::CMD_enquire_link     => sub { $_[0]->enquire_link_resp(seq => $_[1]) },
  Net::SMPP::CMD_unbind           => sub { $_[0]->unbind_resp(seq => $_[1]); print "unbound\n"; exit },
);

while (1) {
  my $session = $server->accept or next;
  next if fork;
  while (my $pdu = $session->read_pdu) {
    my $answer = $answers{$pdu->{cmd}};
    $answer->($session, $pdu->{seq}) if $answer;
  }
  exit;
}
