"""The phone's sockets and the simulated internet behind them."""
